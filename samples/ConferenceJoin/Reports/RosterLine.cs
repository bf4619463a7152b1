namespace ConferenceJoin.Reports;

/// <summary>One person of the roster.</summary>
internal sealed record RosterLine(string Name, string Role, string Audio);
