namespace UcSdk;

/// <summary>The caller asked for something that needs a signed-in client.</summary>
public sealed class NotSignedInException : InvalidStateException
{
    internal NotSignedInException(ClientState state, string operation)
        : base("Client", state.ToString(), operation, $"{operation} needs a client that is signed in; it is {state}.")
    {
    }
}
