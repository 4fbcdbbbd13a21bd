import Testing

@testable import FerryValidation
