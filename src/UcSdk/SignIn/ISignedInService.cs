namespace UcSdk;

/// <summary>
/// A part of the client that needs the server for as long as a user is signed in: it subscribes, publishes and keeps both up. The client starts it on each connection, as
/// soon as that is registered and provisioned, and stops it at the end of each; what it has learned it may keep from one to the next. Called on the client's loop only,
/// never twice at once, and always start before stop. Enter it with <see cref="SignedInServices.Add"/> in the client's constructor.
/// </summary>
internal interface ISignedInService
{
    /// <summary>A word for logs and <see cref="ServiceProgress"/>, e.g. <c>contacts</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Begins on a connection. The user is signed in already and does not wait for this. A failure that may pass (<see cref="Refusal.IsPassing"/>) has it called again after a
    /// pause; any other leaves the service off until the next connection. Either is told, and neither ends the sign-in.
    /// </summary>
    /// <param name="connection">The connection. It holds until <see cref="StopAsync"/>.</param>
    /// <param name="cancellationToken">The connection ends, or the user signs out.</param>
    Task StartAsync(ServerConnection connection, CancellationToken cancellationToken);

    /// <summary>Ends on the connection that it was started on, also where starting failed or was cancelled. Whatever it sends is waited for before the registration is withdrawn.</summary>
    /// <param name="loss">
    /// Null when the user signs out or the client is disposed: the connection still works, and subscriptions can be ended in order. Otherwise the connection or the
    /// registration is gone and nothing can be sent; the client may come back on another.
    /// </param>
    Task StopAsync(ConnectionLoss? loss);
}
