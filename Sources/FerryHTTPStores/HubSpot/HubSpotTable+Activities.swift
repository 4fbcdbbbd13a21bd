// The objects that hold activities.
extension HubSpotTable {
  /// What the store calls them together.
  static let allActivities = "activities"
  static let notes = "notes"
  /// The property that holds the kind; the objects are fewer.
  static let kind = "ferry_kind"

  /// Each object, the kinds that go there, and its own names of body and subject; notes take all others.
  static let activities: [(object: String, kinds: Set<String>, body: String, subject: String)] = [
    (notes, ["note", "message"], "hs_note_body", "ferry_subject"),
    ("calls", ["call"], "hs_call_body", "hs_call_title"),
    ("emails", ["email"], "hs_email_text", "hs_email_subject"),
    ("meetings", ["meeting", "visit"], "hs_meeting_body", "hs_meeting_title"),
    ("tasks", ["task"], "hs_task_body", "hs_task_subject"),
  ]

  /// What is history is done; HubSpot would remind of a task that is not.
  static let constants: [String: [String: JSON]] = [
    "calls": ["hs_call_status": "COMPLETED"], "tasks": ["hs_task_status": "COMPLETED"],
  ]

  /// Properties that hold the time once more.
  static let times = ["meetings": ["hs_meeting_start_time", "hs_meeting_end_time"]]

  /// An object's own names of the fields that all have in common.
  static func names(of object: String) -> [String: String] {
    activities.first { $0.object == object }.map { ["body": $0.body, "subject": $0.subject] } ?? [:]
  }
}
