import Testing

@testable import FerryCSV
