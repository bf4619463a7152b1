using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace UcSdk.Media;

/// <summary>How a media session behaves. Checked when the session is created.</summary>
public sealed record MediaSessionOptions
{
    internal static readonly TimeSpan MaxJitterDepth = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether media is encrypted; default <see cref="EncryptionPolicy.Required"/>.</summary>
    public EncryptionPolicy Encryption { get; init; } = EncryptionPolicy.Required;

    /// <summary>
    /// How much audio is held back so that packets which the network delays still come in time; default 60 ms, 0…500 ms. It is the delay
    /// that the listener gets on top of the network's.
    /// </summary>
    public TimeSpan JitterDepth { get; init; } = TimeSpan.FromMilliseconds(60);

    /// <summary>How long a peer may send neither RTP nor RTCP; default 50 s ([MS-RTP] §3.1.2), at least 1 s.</summary>
    public TimeSpan PeerTimeout { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>Where failures of the user's sources, sinks and handlers are reported; default nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Logger, nameof(Logger));
        if (!Enum.IsDefined(Encryption))
        {
            throw new ArgumentOutOfRangeException(nameof(Encryption), Encryption, "Not a member of EncryptionPolicy.");
        }

        if (JitterDepth < TimeSpan.Zero || JitterDepth > MaxJitterDepth)
        {
            throw new ArgumentOutOfRangeException(nameof(JitterDepth), JitterDepth, "The jitter depth is 0 to 500 ms.");
        }

        if (PeerTimeout < TimeSpan.FromSeconds(1))
        {
            throw new ArgumentOutOfRangeException(nameof(PeerTimeout), PeerTimeout, "The peer time-out is at least 1 s.");
        }
    }
}
