using System.Net;

namespace UcSdk.Media;

/// <summary>One host of an in-memory network.</summary>
internal sealed class MemoryMediaHost(MemoryMediaNetwork network, IPAddress address) : IMediaNetwork
{
    public async ValueTask<IMediaTransport> OpenAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await network.OpenAsync(address);
    }
}
