namespace UcSdk.Core;

/// <summary>A row of a state table as text, for diagrams, tests and messages.</summary>
internal sealed record StateRowText(string From, string Trigger, string To, string Reason, string Source);
