using System.Net;

namespace UcSdk.Media;

/// <summary>A datagram on its way through an in-memory network; two copies are two objects.</summary>
internal sealed class MemoryDatagram(IPEndPoint source, IPEndPoint destination, byte[] bytes)
{
    public IPEndPoint Source => source;

    public IPEndPoint Destination => destination;

    public byte[] Bytes => bytes;
}
