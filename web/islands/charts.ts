/** Figures that are drawn, so that a replaced page lets go of its old pictures. */
let drawn: { readonly figure: Element; readonly destroy: () => void }[] = []

/** Puts a picture with hover read-out in place of each chart's SVG, once it comes into view. */
export const enliven = (root: ParentNode): void => {
  drawn = drawn.filter(({ figure, destroy }) => {
    if (figure.isConnected) return true
    destroy()
    return false
  })
  const figures = root.querySelectorAll<HTMLElement>('figure[data-chart]:not(.alive)')
  if (figures.length === 0) return
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || !(target instanceof HTMLElement)) continue
      observer.unobserve(target)
      void import('./line-chart.ts').then(({ drawChart }) => {
        if (!target.isConnected) return
        const destroy = drawChart(target)
        if (destroy !== null) drawn.push({ figure: target, destroy })
      })
    }
  })
  for (const figure of figures) observer.observe(figure)
}
