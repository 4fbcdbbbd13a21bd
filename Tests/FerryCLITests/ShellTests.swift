import FerryCore
import Foundation
import Testing

@testable import FerryCLI

@Suite("shells and manual")
struct ShellTests {
  /// A shell is asked what it offers for a line; the last word is being typed.
  private static let lines: [(line: [String], offered: [String])] = [
    (["ferry", "ca"], ["cat"]),
    (["ferry", "cat", "--fo"], ["--format"]),
    (["ferry", "cat", "--format", ""], ["csv", "jsonl", "cells"]),
    (["ferry", "cat", "x.csv", "--lang", ""], ["zh", "en"]),
    (["ferry", "review", ""], ["export", "import"]),
    (["ferry", "cat", ""], []),
    (["ferry", "completion", "f"], ["fish"]),
  ]

  @Test(arguments: lines)
  func `bash completes`(_ line: [String], _ offered: [String]) throws {
    let room = try Room()
    defer { room.remove() }
    let words = line.map { "'\($0)'" }.joined(separator: " ")
    try room.write(
      """
      source ./ferry.bash
      COMP_WORDS=(\(words)) COMP_CWORD=\(line.count - 1)
      _ferry && echo "${COMPREPLY[*]}"
      """, to: "ask")
    let answer = try room.run("ferry completion bash > ferry.bash && bash ask")
    #expect(answer.status == 0)
    #expect(answer.output.split(whereSeparator: \.isWhitespace).map(String.init) == offered)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/fish")), arguments: lines)
  func `fish completes`(_ line: [String], _ offered: [String]) throws {
    let room = try Room()
    defer { room.remove() }
    let words = line.joined(separator: " ")
    let answer = try room.run(
      "ferry completion fish > f.fish && fish --no-config -c 'source f.fish; complete -C \"\(words)\"'"
    )
    let found = answer.output.split(separator: "\n").compactMap { $0.split(separator: "\t").first }
    #expect(answer.status == 0)
    for word in offered { #expect(found.contains { $0 == word }) }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/zsh")))
  func `zsh reads the script`() throws {
    let room = try Room()
    defer { room.remove() }
    for language in ["en", "zh"] {
      let answer = try room.run(
        "ferry completion zsh --lang \(language) > _ferry && zsh -n _ferry && zsh -f -c"
          + " 'autoload -Uz compinit; compinit -u -D; source ./_ferry; whence -w _ferry'")
      #expect(answer.output.contains("_ferry: function"))
      #expect(answer.errors.isEmpty)
    }
  }

  @Test
  func `an unknown shell is named with those that are known`() throws {
    let room = try Room()
    defer { room.remove() }
    let answer = try room.run("ferry completion tcsh")
    #expect(answer.status == 2)
    #expect(answer.errors.contains("'tcsh'") && answer.errors.contains("bash, zsh, fish"))
  }

  @Test
  func `a line of the manual never begins a request by chance`() {
    let command = CommandSpec(
      "odd", summary: Words(en: ".SH \\n is text", zh: "'是文字"), examples: ["ferry odd -x \\d"],
      run: { _ in .done })
    let english = ManualPage.text(of: [command], in: .english).split(separator: "\n")
    #expect(english.contains("\\&.SH \\en is text"))
    #expect(english.contains("ferry odd \\-x \\ed"))
    #expect(ManualPage.text(of: [command], in: .chinese).contains("\n\\&'是文字\n"))
  }

  @Test(arguments: FerryCommand.commands.map(\.name))
  func `the manual has each command with all its options`(_ name: String) throws {
    let command = try #require(FerryCommand.commands.first { $0.name == name })
    let page = ManualPage.text(of: FerryCommand.commands, in: .english)
    let start = try #require(page.range(of: ".SS \"\(name)\"\n"))
    let section = page[start.upperBound...].prefix { $0 != "\u{0}" }
    for option in command.options {
      #expect(section.contains("\\fB\(option.name.replacing("-", with: "\\-"))\\fR"))
    }
  }
}
