using UcSdk.Sip;

namespace Lab;

/// <summary>What the command line asked for.</summary>
internal sealed record LabOptions(IReadOnlyList<SipTransportAddress> Listen, string Domain, IReadOnlyList<string> Users, bool Trace);
