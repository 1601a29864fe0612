// What a page may cost, and how it is counted. Budgets: docs/ecoconception.md, the hard limits.

// EcoIndex (cnumr, reference implementation in ecoindex_python): a page's rank among the web's, by elements, requests and kilobytes.
const RANKS = {
  elements: [0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801, 2479, 594601],
  requests: [0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920],
  kilobytes: [0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32, 1648.27, 1876.08, 2142.06, 2465.37,
    2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223212.26],
};

function rank(table, value) {
  const above = table.findIndex((limit, i) => i > 0 && value < limit);
  if (above < 0) return table.length - 1;
  return above - 1 + (value - table[above - 1]) / (table[above] - table[above - 1]);
}

export function ecoIndex(elements, requests, kilobytes) {
  const { elements: e, requests: r, kilobytes: k } = RANKS;
  return 100 - (5 / 6) * (3 * rank(e, elements) + 2 * rank(r, requests) + rank(k, kilobytes));
}

// The reference's own examples: a slip in a table cannot pass unseen.
for (const [e, r, k, score] of [[100, 100, 100, 72], [200, 200, 10000, 46], [2355, 267, 2493, 10], [240, 20, 331, 83], [0, 0, 0, 100]])
  if (Math.round(ecoIndex(e, r, k)) !== score) throw new Error(`EcoIndex of ${e}, ${r}, ${k} is not ${score}`);

const PAGE = { elements: 150, ecoindex: 90 };
export const AGENT = '@agent'; // the shape of pages for who has logged in: denser, and a session has its cookie
const KINDS = [ // by the beginning of the page's shape; the first that fits counts
  [AGENT, { elements: 350, ecoindex: 83, cookies: 1 }],
  ['/lieux/:/:', { elements: 250, ecoindex: 87 }], // the printed sheet says everything in two languages
  ['/lieux/:', PAGE],
  ['/lieux', { elements: 250, ecoindex: 87 }],
  ['/chercher', { elements: 250, ecoindex: 87 }],
  ['/trouver/', { elements: 250, ecoindex: 87 }],
  ['', PAGE],
];

export function budget(shape) {
  return { bytes: 14000, requests: 2, elsewhere: 0, scripts: 0, cookies: 0, overflow: 0, axe: 0, htmlValidate: 0, vnu: 0, unfocused: 0,
    console: 0, ...KINDS.find(([prefix]) => shape.startsWith(prefix))[1] };
}

// What of a page's figures is over its budget, in words.
export function misses(figures, shape) {
  const limits = budget(shape);
  return Object.entries(limits)
    .filter(([name, limit]) => (name === 'ecoindex' ? figures[name] < limit : figures[name] > limit))
    .map(([name, limit]) => `${name}: ${Math.round(figures[name] * 10) / 10}, ${name === 'ecoindex' ? 'at least' : 'at most'} ${limit}`);
}
