namespace UcSdk;

/// <summary>The caller asked an object for something that its state does not allow.</summary>
public class InvalidStateException : InvalidOperationException
{
    internal InvalidStateException(string objectName, string state, string operation)
        : this(objectName, state, operation, $"{objectName} is {state}: {operation} is not possible now.")
    {
    }

    private protected InvalidStateException(string objectName, string state, string operation, string message)
        : base(message)
    {
        ObjectName = objectName;
        State = state;
        Operation = operation;
    }

    /// <summary>The kind of object.</summary>
    public string ObjectName { get; }

    /// <summary>The state it was in.</summary>
    public string State { get; }

    /// <summary>What was asked of it.</summary>
    public string Operation { get; }
}
