import { svg } from "./dom.js";

const CLOSEST = 4;

/** A drawing that is moved by dragging and arrow keys, and zoomed by the wheel, by pinching and by `+` and `-`. */
export class Viewport {
  readonly element: SVGSVGElement;
  readonly content = svg("g", { class: "content" });
  readonly #size: { readonly width: number; readonly height: number };
  readonly #pointers = new Map<number, { x: number; y: number }>();
  #x = 0;
  #y = 0;
  #zoom = 1;
  #hasMoved = false;

  constructor(size: { readonly width: number; readonly height: number }, label: string) {
    this.#size = size;
    this.element = svg("svg", { class: "drawing", role: "group", "aria-label": label }, this.content);
    this.element.addEventListener("wheel", (event) => this.#onWheel(event), { passive: false });
    this.element.addEventListener("pointerdown", (event) => this.#onDown(event));
    this.element.addEventListener("pointermove", (event) => this.#onMove(event));
    for (const name of ["pointerup", "pointercancel"] as const)
      this.element.addEventListener(name, (event) => void this.#pointers.delete(event.pointerId));
  }

  /** Was the last press a drag, rather than a click? */
  get hasMoved(): boolean {
    return this.#hasMoved;
  }

  /** Shows all of the drawing, but no larger than its natural size. */
  fit(): void {
    const { width, height } = this.element.getBoundingClientRect();
    this.#zoom = Math.min(width / this.#size.width, height / this.#size.height, 1.25);
    this.#x = (width - this.#size.width * this.#zoom) / 2;
    this.#y = Math.max(0, (height - this.#size.height * this.#zoom) / 2);
    this.#apply();
  }

  /** Can a box be seen as a whole, and read? */
  canSee(box: Element): boolean {
    const [own, all] = [box.getBoundingClientRect(), this.element.getBoundingClientRect()];
    const isInside = own.left >= all.left && own.right <= all.right && own.top >= all.top && own.bottom <= all.bottom;
    return isInside && this.#zoom > 0.75;
  }

  /** Brings a point into the middle, near enough to be read. */
  show(x: number, y: number): void {
    const { width, height } = this.element.getBoundingClientRect();
    this.#zoom = Math.max(this.#zoom, 0.9);
    this.#x = width / 2 - x * this.#zoom;
    this.#y = height / 2 - y * this.#zoom;
    this.#apply();
  }

  move(x: number, y: number): void {
    this.#x += x;
    this.#y += y;
    this.#apply();
  }

  zoomBy(factor: number, at = this.#getMiddle()): void {
    const smallest = Math.min(0.2, this.element.clientWidth / this.#size.width / 2);
    const zoom = Math.min(Math.max(this.#zoom * factor, smallest), CLOSEST);
    this.#x = at.x - ((at.x - this.#x) * zoom) / this.#zoom;
    this.#y = at.y - ((at.y - this.#y) * zoom) / this.#zoom;
    this.#zoom = zoom;
    this.#apply();
  }

  #apply(): void {
    this.content.setAttribute("transform", `translate(${this.#x} ${this.#y}) scale(${this.#zoom})`);
    this.element.classList.toggle("far", this.#zoom < 0.7);
  }

  #getMiddle(): { x: number; y: number } {
    return { x: this.element.clientWidth / 2, y: this.element.clientHeight / 2 };
  }

  #onWheel(event: WheelEvent): void {
    event.preventDefault();
    const { left, top } = this.element.getBoundingClientRect();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    this.zoomBy(Math.exp((-event.deltaY * lines) / 400), { x: event.clientX - left, y: event.clientY - top });
  }

  #onDown({ pointerId, clientX: x, clientY: y }: PointerEvent): void {
    this.#pointers.set(pointerId, { x, y });
    this.#hasMoved = false;
  }

  #onMove({ pointerId, clientX: x, clientY: y, buttons }: PointerEvent): void {
    const before = this.#pointers.get(pointerId);
    if (!before) return;
    if (buttons === 0) return void this.#pointers.delete(pointerId);
    if (!this.#hasMoved && Math.hypot(x - before.x, y - before.y) < 4) return;
    if (!this.#hasMoved) this.element.setPointerCapture(pointerId);
    this.#hasMoved = true;
    const other = [...this.#pointers].find(([id]) => id !== pointerId)?.[1];
    if (other) {
      const { left, top } = this.element.getBoundingClientRect();
      const factor = Math.hypot(x - other.x, y - other.y) / Math.hypot(before.x - other.x, before.y - other.y);
      this.zoomBy(factor, { x: other.x - left, y: other.y - top });
    } else this.move(x - before.x, y - before.y);
    this.#pointers.set(pointerId, { x, y });
  }
}
