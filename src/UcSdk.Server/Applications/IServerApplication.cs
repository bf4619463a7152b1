namespace UcSdk.Server;

/// <summary>
/// One part of the server's logic. Each request that no dialog takes goes through all applications in order until one has handled it: it
/// may inspect the request, change it, answer it, send it on to one or several targets, or drop it.
/// </summary>
internal interface IServerApplication
{
    /// <summary>True when the request needs nobody else; false to let it pass.</summary>
    bool Handle(ServerRequest request);
}
