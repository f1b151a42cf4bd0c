/** Rules over one object whose answers the real API server gives: true, false or an error. */

import type { Given } from "./objects.ts";

/** The object that the rules read. */
export const subject: Given = {
  apiVersion: "example.net/v1",
  kind: "Trial",
  metadata: { name: "x", namespace: "shop" },
  spec: {
    text: "abc-123 def-456",
    url: "https://user@example.com:8443/a/b?k=v&k=w",
    memory: "1536Mi",
    address: "10.1.2.3",
    prefix: "10.0.0.0/8",
    wait: "1m30s",
    numbers: [1, 2, 3, 5],
    words: ["a", "b", "b"],
    labels: { app: "x", "example.com/tier": "web" },
    number: 7,
    share: 0.5,
    "dashed-name": "d",
    namespace: "n",
    optional: "o",
    port: 80,
    when: "2026-01-02T03:04:05Z",
  },
};

const text = { type: "string", maxLength: 64 };

/** Types of the object's fields. */
const properties = {
  text,
  url: text,
  memory: text,
  address: text,
  prefix: text,
  wait: { ...text, format: "duration" },
  numbers: { type: "array", maxItems: 8, items: { type: "integer" } },
  words: { type: "array", maxItems: 8, items: text },
  labels: { type: "object", maxProperties: 8, additionalProperties: text },
  number: { type: "integer" },
  share: { type: "number" },
  "dashed-name": text,
  namespace: text,
  optional: text,
  absent: text,
  port: { "x-kubernetes-int-or-string": true },
  when: { ...text, format: "date-time" },
};

/** The rules. */
export const expressions: readonly string[] = [
  "self.text.startsWith('abc') && self.text.endsWith('456')",
  "self.text.contains('zzz')",
  "self.text.matches('^[a-z]+-[0-9]+ ')",
  "self.text.find('[0-9]+') == '123'",
  "self.text.findAll('[0-9]+') == ['123', '456']",
  "self.text.findAll('[0-9]+', 1) == ['123']",
  "self.text.substring(4, 7) == '123'",
  "self.text.substring(4, 99) == '123'",
  "self.text.split(' ').size() == 2",
  "self.text.upperAscii() == 'ABC-123 DEF-456'",
  "self.text.replace('-', '') == 'abc123 def456'",
  "self.text.indexOf('def') == 8 && self.text.lastIndexOf('-') == 11",
  "self.text.charAt(0) == 'a'",
  "' a '.trim() == 'a'",
  "size(self.text) == 15",
  "isURL(self.url) && !isURL('not a url')",
  "url(self.url).getScheme() == 'https'",
  "url(self.url).getHost() == 'example.com:8443'",
  "url(self.url).getHostname() == 'example.com' && url(self.url).getPort() == '8443'",
  "url(self.url).getEscapedPath() == '/a/b'",
  "url(self.url).getQuery() == {'k': ['v', 'w']}",
  "url('nonsense').getScheme() == ''",
  "isQuantity(self.memory) && !isQuantity('1 GB')",
  "quantity(self.memory).isGreaterThan(quantity('1Gi'))",
  "quantity(self.memory).isLessThan(quantity('1Gi'))",
  "quantity(self.memory).compareTo(quantity('1.5Gi')) == 0",
  "quantity('1k').add(quantity('1')).asInteger() == 1001",
  "quantity('50k').sub(20000).isInteger()",
  "sign(quantity('-1')) == -1",
  "quantity('500m').asApproximateFloat() == 0.5",
  "isIP(self.address) && !isIP('10.0.0.300')",
  "ip(self.address).family() == 4 && ip('fd00::1').family() == 6",
  "isCIDR(self.prefix) && cidr(self.prefix).prefixLength() == 8",
  "cidr(self.prefix).containsIP(self.address)",
  "cidr(self.prefix).containsCIDR('11.0.0.0/16')",
  "cidr('10.1.2.3/8').masked() == cidr('10.0.0.0/8')",
  "self.wait > duration('1m') && self.wait < duration('2m')",
  "duration('10s') == duration('10000ms')",
  "self.when < timestamp('2027-01-01T00:00:00Z')",
  "self.when.getFullYear() == 2026",
  "self.numbers.sum() == 11 && self.numbers.max() == 5 && self.numbers.min() == 1",
  "self.numbers.isSorted() && !self.words.isSorted()",
  "self.numbers.indexOf(3) == 2 && self.words.lastIndexOf('b') == 2",
  "self.numbers.all(n, n > 0) && self.numbers.exists(n, n == 5)",
  "self.numbers.exists_one(n, n > 4)",
  "self.words.exists_one(w, w == 'b')",
  "self.numbers.map(n, n * 2).exists(n, n == 10)",
  "self.numbers.filter(n, n > 2).size() == 2",
  "self.labels.all(k, self.labels[k] != '')",
  "'app' in self.labels && !('none' in self.labels)",
  "self.labels['none'] == 'x'",
  "has(self.optional) && !has(self.absent)",
  "self.absent == 'x'",
  "self.dashed__dash__name == 'd'",
  "self.__namespace__ == 'n'",
  "self.number % 2 == 1 && self.number / 2 == 3",
  "self.number + 1 == 8 && -self.number < 0",
  "self.share * 2.0 == 1.0",
  "self.number in [1, 7] && !(self.number in [])",
  "self.port == 80",
  "self.port == 'http'",
  "type(self.port) == int",
  "int('12') == 12 && string(12) == '12' && double('1.5') == 1.5",
  "int(self.text) == 12",
  "duration(self.text) == duration('1s')",
  "self.numbers[9] == 1",
  "(self.number > 5 ? 'big' : 'small') == 'big'",
  "self.numbers == [1, 2, 3, 5] && self.words != ['a']",
  "1 / (self.number - 7) == 1",
  "self.number > 100 || self.numbers[9] == 1",
  "self.number > 5 || self.numbers[9] == 1",
];

/** A kind that carries the rules that a server can compile. */
export function trial(rules: readonly string[]): Given {
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "trials.example.net" },
    spec: {
      group: "example.net",
      scope: "Namespaced",
      names: { kind: "Trial", plural: "trials", singular: "trial", listKind: "TrialList" },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: "object",
              properties: {
                spec: {
                  type: "object",
                  properties,
                  "x-kubernetes-validations": rules.map((rule) => ({ rule })),
                },
              },
            },
          },
        },
      ],
    },
  };
}
