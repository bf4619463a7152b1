namespace UcSdk;

/// <summary>What was fetched, whole.</summary>
/// <param name="Body">The bytes.</param>
/// <param name="ContentType">What the web server calls them, without parameters; empty when it does not say.</param>
internal sealed record WebContent(ReadOnlyMemory<byte> Body, string ContentType);
