/// The room's place until its first type moves in.
enum Room {}
