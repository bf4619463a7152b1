namespace UcSdk.Sip;

/// <summary>One message of a ladder.</summary>
/// <param name="Entry">The message.</param>
/// <param name="From">The lifeline where its arrow begins.</param>
/// <param name="To">The lifeline where it ends.</param>
/// <param name="Time">Since the first message of the ladder.</param>
/// <param name="Gap">Since the message before.</param>
/// <param name="Label">Method or status, and what it carries; one line, without control characters.</param>
/// <param name="Dialog">The number of its Call-ID by first appearance; -1 for what has none.</param>
/// <param name="IsRepeated">True when the same octets went the same way before: a retransmission.</param>
/// <param name="Took">Of a final response: the time since its request, as drawn; null where the request is not in the ladder.</param>
internal sealed record LadderRow(
    SipTraceEntry Entry, int From, int To, TimeSpan Time, TimeSpan Gap, string Label, int Dialog, bool IsRepeated, TimeSpan? Took);
