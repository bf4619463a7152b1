namespace UcSdk;

/// <summary>What an HTTP request brought.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body.</param>
internal sealed record WebAnswer(int Status, byte[] Body)
{
    public const int Unauthorized = 401;

    /// <summary>The schemes by which the server would have an account proven, each with its token (RFC 9110 §11.6.1).</summary>
    public IReadOnlyList<string> Challenges { get; init; } = [];

    /// <summary>The header field <c>X-Ms-diagnostics</c> ([MS-OCAUTHWS] §3.2.4.1); null for none.</summary>
    public string? Diagnostics { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Never the body.</summary>
    public override string ToString() => $"HTTP {Status}";
}
