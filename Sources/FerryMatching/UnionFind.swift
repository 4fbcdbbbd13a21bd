/// Sets of numbers that are joined again and again; each is known by its smallest number.
///
/// Source: R. Tarjan, J. van Leeuwen, "Worst-case Analysis of Set Union Algorithms", JACM 31
/// (1984), 245–281, for path halving. Linking to the smaller number costs O(log *n*) a step.
struct UnionFind: Sendable {
  private var parents: ContiguousArray<Int32>

  /// Makes `count` sets of one number each.
  init(count: Int) { parents = ContiguousArray(0..<Int32(count)) }

  /// The smallest number of the set that holds `number`.
  mutating func root(of number: Int) -> Int {
    var current = number
    while true {
      let parent = Int(parents[current])
      if parent == current { return current }
      parents[current] = parents[parent]
      current = parent
    }
  }

  /// Joins two sets.
  ///
  /// - Returns: The number that was a set's smallest and no longer is; `nil` where both were one.
  @discardableResult
  mutating func join(_ left: Int, _ right: Int) -> Int? {
    let leftRoot = root(of: left)
    let rightRoot = root(of: right)
    guard leftRoot != rightRoot else { return nil }
    parents[max(leftRoot, rightRoot)] = Int32(min(leftRoot, rightRoot))
    return max(leftRoot, rightRoot)
  }

  /// The smallest number of each number's set.
  mutating func roots() -> ContiguousArray<Int32> {
    ContiguousArray(parents.indices.map { Int32(root(of: $0)) })
  }
}
