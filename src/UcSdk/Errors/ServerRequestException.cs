using UcSdk.Sip;

namespace UcSdk;

/// <summary>The server refused what a signed-in user asked of it (403, 404, 409 …), did not answer (408), or the connection was lost (503).</summary>
public sealed class ServerRequestException : LyncClientException
{
    internal ServerRequestException(string operation, Exception? inner)
        : base($"{operation} failed{Why(inner)}", inner)
    {
        Operation = operation;
    }

    internal ServerRequestException(string operation, string why)
        : base($"{operation} failed: {why}", null)
    {
        Operation = operation;
    }

    /// <summary>What was asked, in words.</summary>
    public string Operation { get; }

    /// <summary>True for what the network or a server may do to a request.</summary>
    internal static bool Covers(Exception failure) => failure is SipException or TimeoutException or IOException;
}
