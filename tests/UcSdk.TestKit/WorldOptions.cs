using System.Globalization;
using UcSdk.Media;
using UcSdk.Server;

namespace UcSdk.TestKit;

/// <summary>What a <see cref="World"/> is like.</summary>
internal sealed record WorldOptions
{
    private const ulong DefaultSeed = 20_300_101;

    /// <summary>Where all chances of the world begin; by default the environment variable UCSDK_SEED, or a fixed number.</summary>
    public ulong Seed { get; init; } =
        ulong.TryParse(Environment.GetEnvironmentVariable("UCSDK_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : DefaultSeed;

    /// <summary>How long a SIP message takes from one host to another.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>What happens to media on its way.</summary>
    public MemoryMediaNetworkOptions Media { get; init; } = new();

    /// <summary>Mistakes to build into the server.</summary>
    public ServerSeams ServerSeams { get; init; } = ServerSeams.None;

    /// <summary>Mistakes to build into all clients.</summary>
    public ClientSeams ClientSeams { get; init; } = ClientSeams.None;

    /// <summary>Whether contacts and presence go on beside the conversations. Default false: the wire holds what the story is about.</summary>
    public bool HasPresence { get; init; }

    /// <summary>Changes the options of the server.</summary>
    public Func<UcServerOptions, UcServerOptions>? Server { get; init; }

    /// <summary>Changes the options of all clients.</summary>
    public Func<LyncClientOptions, LyncClientOptions>? Client { get; init; }
}
