/** The type token of a request; requests of older engines carry none of their own, but their URN does. */
export function tokenOf(request: { getUrn(): string; getType(): string }): string {
  const qualified = request.getUrn().split("::")[2] ?? "";
  return request.getType() || qualified.slice(qualified.lastIndexOf("$") + 1);
}
