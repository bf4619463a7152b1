namespace UcSdk.Sip;

/// <summary>What a <see cref="IFlowProtection"/> thinks of a message.</summary>
/// <param name="Kind">What is to be done with it.</param>
/// <param name="Status">With what a request is refused, 400–699.</param>
/// <param name="Diagnostics">What the refusal says in <c>ms-diagnostics</c>; null for nothing.</param>
internal readonly record struct FlowVerdict(FlowVerdictKind Kind, int Status = 0, MsDiagnostics? Diagnostics = null)
{
    public static FlowVerdict Accept => default;

    public static FlowVerdict Drop => new(FlowVerdictKind.Drop);

    /// <summary>What is wrong with it, for the log; null for nothing to say.</summary>
    public string? Why { get; init; }

    /// <summary>True for a message that was not signed at all: somebody else on the same flow may know more of it.</summary>
    public bool IsUnsigned { get; init; }

    /// <summary>Adds to a refusal what it needs, a challenge; null for nothing.</summary>
    public Action<SipResponse>? Edit { get; init; }

    /// <summary>A response, an ACK and what else is never answered is dropped instead.</summary>
    public static FlowVerdict Refuse(int status, MsDiagnostics? diagnostics = null) => new(FlowVerdictKind.Refuse, status, diagnostics);

    /// <summary>A step of a handshake: nothing is wrong with the request, but it comes again.</summary>
    public static FlowVerdict Answer(int status, Action<SipResponse> edit) => new(FlowVerdictKind.Answer, status) { Edit = edit };
}
