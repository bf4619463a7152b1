using System.Net;

namespace UcSdk.Media;

/// <summary>What <see cref="IMediaTransport.ReceiveAsync"/> put into the buffer.</summary>
/// <param name="Length">Bytes written, from the start of the buffer.</param>
/// <param name="Source">The sender's address.</param>
public readonly record struct MediaDatagram(int Length, IPEndPoint Source);
