namespace UcSdk.Server;

/// <summary>
/// One part of the server's logic. Each request that no dialog of the server's own takes goes through all applications in order until one has handled it:
/// it may inspect the request, change it, answer it, send it on to one or several targets, or drop it, and follow its responses. One that throws gives the
/// request a 500. Put in by <see cref="UcServerOptions.Applications"/>.
/// </summary>
public interface IServerApplication
{
    /// <summary>
    /// Looks at a request. Called on the server's loop: it must not block. What is decided later is decided on the loop too, which <c>await</c> returns to.
    /// </summary>
    /// <returns>True when the request needs nobody else: it was answered, sent on, dropped, or will be; false to let it pass.</returns>
    bool Handle(ServerRequest request);
}
