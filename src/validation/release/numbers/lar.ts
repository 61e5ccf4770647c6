import { measured, type PublishedNumber, printed } from "../../row.js";

const FIT = "arXiv:2003.10630; release 2006.12659, LArParametersAnlA.yaml";
const PRIOR = "release 2006.12659, LArParametersAnlA.yaml";
const EVENTS = { analysis: "release", unit: "events" } as const;
const DETAILS = "not known: details of the collaboration's fit are not released";
const HISTOGRAM = "the released histogram of this background adds up to 3152.0";
const PERCENT = "we take the 32 % that the prompt neutrons are said to have, 159.0 of 497";

/** The fit with the signal free, without shape terms. */
const FITTED: readonly PublishedNumber[] = [
  {
    ...EVENTS,
    id: "release.lar.cevns",
    quantity: "LAr CEvNS events, signal free",
    published: measured("159", 43, FIT),
    expected: { value: 160.181, digits: 3 },
  },
  {
    ...EVENTS,
    id: "release.lar.cevns.error",
    quantity: "LAr CEvNS events, signal free, error",
    published: printed("43", FIT),
    expected: { value: 42.57, digits: 2, allowed: 0.05 },
  },
  {
    ...EVENTS,
    id: "release.lar.prompt-brn",
    quantity: "LAr prompt BRN events, signal free",
    published: printed("553", FIT),
    expected: { value: 552.085, digits: 3 },
    why: DETAILS,
  },
  {
    ...EVENTS,
    id: "release.lar.prompt-brn.error",
    quantity: "LAr prompt BRN events, signal free, error",
    published: printed("34", FIT),
    expected: { value: 34.01, digits: 2, allowed: 0.05 },
  },
  {
    ...EVENTS,
    id: "release.lar.delayed-brn",
    quantity: "LAr delayed BRN events, signal free",
    published: printed("10", FIT),
    expected: { value: 10.533, digits: 3 },
    why: DETAILS,
  },
  {
    ...EVENTS,
    id: "release.lar.delayed-brn.error",
    quantity: "LAr delayed BRN events, signal free, error",
    published: printed("11", FIT),
    expected: { value: 11.09, digits: 2, allowed: 0.05 },
  },
  {
    ...EVENTS,
    id: "release.lar.ssb",
    quantity: "LAr SSB events, signal free",
    published: printed("3131", FIT),
    expected: { value: 3131.542, digits: 3 },
    why: DETAILS,
  },
  {
    ...EVENTS,
    id: "release.lar.ssb.error",
    quantity: "LAr SSB events, signal free, error",
    published: printed("23", FIT),
    expected: { value: 23.42, digits: 2, allowed: 0.05 },
  },
  {
    ...EVENTS,
    id: "release.lar.rejection",
    quantity: "LAr rejection of no CEvNS, √Δχ²",
    unit: "σ",
    published: printed("3.9", FIT),
    expected: { value: 3.8784, digits: 4 },
  },
  {
    ...EVENTS,
    id: "release.lar.chi2",
    quantity: "LAr χ², signal free",
    unit: "",
    published: null,
    expected: { value: 1067.163, digits: 3 },
  },
];

/** id, name, events and error as printed, the sum of the released histogram, why they differ. */
type Expectation = readonly [
  id: string,
  name: string,
  events: string,
  error: string,
  sum: number,
  whyEvents?: string | null,
  whyError?: string,
];

const EXPECTED: readonly Expectation[] = [
  ["cevns", "CEvNS", "128", "17", 128],
  ["prompt-brn", "prompt BRN", "497", "160", 497, null, PERCENT],
  ["delayed-brn", "delayed BRN", "33", "33", 33],
  ["ssb", "SSB", "3154", "25", 3152, HISTOGRAM],
];

const INPUTS = EXPECTED.flatMap(
  ([id, name, events, error, sum, whyEvents, whyError]): PublishedNumber[] => [
    {
      ...EVENTS,
      id: `release.lar.prior.${id}`,
      quantity: `LAr ${name} events expected`,
      published: printed(events, PRIOR),
      expected: { value: sum, digits: 3 },
      input: true,
      ...(whyEvents ? { why: whyEvents } : {}),
    },
    {
      ...EVENTS,
      id: `release.lar.prior.${id}.error`,
      quantity: `LAr ${name} events expected, error`,
      published: printed(error, PRIOR),
      expected: null,
      input: true,
      ...(whyError ? { why: whyError } : {}),
    },
  ],
);

/** LAr with the signal free, and what is expected of it. */
export const LAR_NUMBERS: readonly PublishedNumber[] = [...FITTED, ...INPUTS];
