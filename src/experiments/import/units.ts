/** Unit of every number of a data file, by dotted field name; a name covers all below it. */

const coefficientUnits = (path: string, a: string, b: string, c: string, d: string) => ({
  [`${path}.a`]: a,
  [`${path}.b`]: b,
  [`${path}.c`]: c,
  [`${path}.d`]: d,
});

const scintillationUnits = ["1", "1/MeV", "1/MeV^2", "1/MeV^3"] as const;
const efficiencyUnits = ["1", "1/PE", "PE", "1"] as const;

/** Units of the CsI data file. */
export const csiUnits = {
  "exposure.protonsOnTarget": "protons",
  "exposure.neutrinosPerProton": "neutrinos per flavour per proton",
  "exposure.distance": "m",
  "exposure.mass": "kg",
  "exposure.molarMass": "g/mol",
  "bins.energyEdges": "PE",
  "bins.timeEdges": "us",
  observed: "events per bin, [energy][time]",
  antiCoincidence: "events per bin, [energy][time]",
  steadyStateDecay: "1/us",
  "neutronBins.energy.start": "PE",
  "neutronBins.energy.width": "PE",
  "neutronBins.energy.bins": "1",
  "neutronBins.time.start": "us",
  "neutronBins.time.width": "us",
  "neutronBins.time.bins": "1",
  "brn.energy": "relative, per bin",
  "brn.time": "events per bin before the time efficiency",
  "nin.energy": "relative, per bin",
  "nin.time": "events per bin before the time efficiency",
  "response.lightYield": "PE/keVee",
  "response.smearing": "1/PE",
  ...coefficientUnits("response.scintillation.nominal", ...scintillationUnits),
  ...coefficientUnits("response.scintillation.systematics.plus", ...scintillationUnits),
  ...coefficientUnits("response.scintillation.systematics.minus", ...scintillationUnits),
  ...coefficientUnits("response.energyEfficiency.nominal", ...efficiencyUnits),
  ...coefficientUnits("response.energyEfficiency.plus", ...efficiencyUnits),
  ...coefficientUnits("response.energyEfficiency.minus", ...efficiencyUnits),
  "response.timeEfficiency.onset": "us",
  "response.timeEfficiency.decay": "1/us",
};

/** Units of the liquid-argon data file. */
export const larUnits = {
  "exposure.protonsOnTarget": "protons",
  "exposure.neutrinosPerProton": "neutrinos per flavour per proton",
  "exposure.distance": "m",
  "exposure.mass": "kg",
  "exposure.molarMass": "g/mol",
  "releaseExposure.protonsOnTarget": "protons",
  "releaseExposure.neutrinosPerProton": "neutrinos per flavour per proton",
  "releaseExposure.mass": "kg",
  "bins.energyEdges": "keVee",
  "bins.f90Edges": "1",
  "bins.timeEdges": "us",
  observed: "events per bin, [energy][F90][time]",
  ssb: "events per bin, [energy][F90][time]",
  promptBrn: "events per bin, [energy][F90][time]",
  delayedBrn: "events per bin, [energy][F90][time]",
  cevns: "events per bin, [energy][F90][time]",
  shapes: "events per bin, [energy][F90][time]",
  "response.quenching.a": "1",
  "response.quenching.b": "1/keVnr",
  "response.resolution": "keVee^(1/2)",
  "response.efficiency.energy": "keVee",
  "response.efficiency.recoil": "keVnr",
  "response.efficiency.value": "1",
};

/** Units of the germanium data file. */
export const geUnits = {
  "exposure.protonsOnTargetTimesMass": "protons kg",
  "exposure.neutrinosPerProton": "neutrinos per flavour per proton",
  "exposure.distance": "m",
  "exposure.mass": "kg",
  "exposure.molarMass": "g/mol",
  "bins.timeEdges": "us",
  "bins.energyEdges": "keVee",
  onBeam: "counts per bin, [time][energy]",
  offBeam: "counts per bin, [time][energy]",
  "timeProjection.timeEdges": "us",
  "timeProjection.counts": "background-subtracted counts per bin",
  "timeProjection.sigma": "counts per bin",
  "timeProjection.prompt": "counts per bin",
  "timeProjection.delayed": "counts per bin",
  "response.lindhardK": "1",
  "response.fitRange": "keVee",
};
