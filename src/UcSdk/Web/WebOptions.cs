namespace UcSdk;

/// <summary>How a client fetches what presence and provisioning only name: pictures, custom activities. Nothing is fetched before the application asks for it.</summary>
public sealed record WebOptions
{
    /// <summary>What is used where nothing else is said.</summary>
    public static readonly WebOptions Default = new();

    /// <summary>
    /// Makes what sends the HTTP requests, once; null, the default, is a <c>SocketsHttpHandler</c> that follows no redirect, sends no credentials, keeps no cookies and
    /// trusts what <see cref="LyncClientOptions.Tls"/> trusts. One given here must do so too. The client disposes it.
    /// </summary>
    public Func<HttpMessageHandler>? HttpHandler { get; init; }

    /// <summary>How long one thing may take, redirects included; default 30 s, more than zero.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many redirects one request may take, none of them from https to http; default 5, 0…20.</summary>
    public int MaxRedirects { get; init; } = 5;

    /// <summary>
    /// Whether <c>http</c> addresses are fetched too. Default no: who is on the way could read whose picture is looked at, and put another in its place.
    /// </summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>How many bytes a picture may have; default 1 MiB, at least 1. A larger one is refused, and not read to its end.</summary>
    public int MaxPictureBytes { get; init; } = 1024 * 1024;

    /// <summary>How many pictures are kept, the last ones used; default 64, 0…100,000. They are kept by address and hash, so that another picture at the same address is fetched.</summary>
    public int MaxCachedPictures { get; init; } = 64;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RequestTimeout, TimeSpan.Zero, nameof(RequestTimeout));
        RequireRange(MaxRedirects, 0, 20, nameof(MaxRedirects));
        RequireRange(MaxPictureBytes, 1, int.MaxValue, nameof(MaxPictureBytes));
        RequireRange(MaxCachedPictures, 0, 100_000, nameof(MaxCachedPictures));
    }

    private static void RequireRange(int value, int least, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
