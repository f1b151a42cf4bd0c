import assert from "node:assert/strict";
import fc from "fast-check";
import { type LayoutEdge, layOut, type PlacedNode } from "../../../automation/report/layout.ts";

const gaps = { column: 40, row: 10 };
const box = (id: string) => ({ id, width: 60 + id.length, height: 30 });

function placed(layout: ReturnType<typeof layOut>, id: string): PlacedNode {
  const node = layout.nodes.get(id);
  assert.ok(node !== undefined);
  return node;
}

describe("layout", () => {
  it("puts a chain from left to right on one line", () => {
    const edges = [
      { from: "a", to: "b" },
      { from: "b", to: "c" },
    ];
    const layout = layOut(["a", "b", "c"].map(box), edges, gaps);
    const [a, b, c] = ["a", "b", "c"].map((id) => placed(layout, id)) as [
      PlacedNode,
      PlacedNode,
      PlacedNode,
    ];
    assert.ok(a.x + a.width + gaps.column <= b.x && b.x + b.width + gaps.column <= c.x);
    assert.equal(a.y, b.y);
    assert.equal(b.y, c.y);
  });

  it("draws an arrow to the left as such, from its own start to its own end", () => {
    const edges = [
      { from: "a", to: "b" },
      { from: "b", to: "a" },
    ];
    const layout = layOut(["a", "b"].map(box), edges, gaps);
    for (const edge of layout.edges) {
      const from = placed(layout, edge.from);
      const start = edge.points[0];
      assert.ok(start !== undefined && (start.x === from.x || start.x === from.x + from.width));
    }
  });

  it("leads an arrow over several columns around the boxes between", () => {
    const edges = [
      { from: "a", to: "b" },
      { from: "b", to: "c" },
      { from: "a", to: "c" },
    ];
    const layout = layOut(["a", "b", "c"].map(box), edges, gaps);
    const b = placed(layout, "b");
    const bends = layout.edges[2]?.points.slice(1, -1) ?? [];
    assert.equal(bends.length, 2);
    for (const bend of bends) assert.ok(bend.y < b.y || bend.y > b.y + b.height);
  });

  it("places every box of any graph, and no two overlap", () => {
    const graph = fc.integer({ min: 1, max: 12 }).chain((count) => {
      const id = fc.integer({ min: 0, max: count - 1 }).map((n) => `n${n}`);
      const edge: fc.Arbitrary<LayoutEdge> = fc.record({ from: id, to: id });
      return fc.record({ count: fc.constant(count), edges: fc.array(edge, { maxLength: 24 }) });
    });
    fc.assert(
      fc.property(graph, ({ count, edges }) => {
        const boxes = Array.from({ length: count }, (_, n) => box(`n${n}`));
        const layout = layOut(boxes, edges, gaps);
        const all = [...layout.nodes.values()];
        assert.equal(all.length, count);
        for (const [index, one] of all.entries()) {
          assert.ok(one.y >= 0 && one.y + one.height <= layout.height + 1e-6);
          assert.ok(one.x >= 0 && one.x + one.width <= layout.width + 1e-6);
          for (const other of all.slice(index + 1)) assert.ok(areApart(one, other));
        }
        const others = edges.filter((edge) => edge.from !== edge.to);
        assert.equal(layout.edges.length, others.length);
      }),
    );
  });
});

function areApart(one: PlacedNode, other: PlacedNode): boolean {
  const tolerance = 1e-6;
  const beside = one.x + one.width <= other.x || other.x + other.width <= one.x;
  const below =
    one.y + one.height <= other.y + tolerance || other.y + other.height <= one.y + tolerance;
  return beside || below;
}
