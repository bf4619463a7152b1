using System.Net;

namespace UcSdk.Sip;

/// <summary>One end of a captured connection: an address, of the same family as the other end's, and a port.</summary>
internal readonly record struct CaptureEnd(IPAddress Address, ushort Port);
