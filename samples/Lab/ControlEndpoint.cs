using UcSdk.Server;

namespace Lab;

/// <summary>A registered endpoint.</summary>
internal sealed record ControlEndpoint(string User, string? Epid, string? Gruu, string Contact, int Expires, string? UserAgent, bool Connected)
{
    public static ControlEndpoint Of(RegisteredEndpoint endpoint) => new(
        endpoint.User, endpoint.Epid, endpoint.Gruu?.Text, endpoint.Contact.Text, (int)endpoint.Expires.TotalSeconds, endpoint.UserAgent, endpoint.IsConnected);
}
