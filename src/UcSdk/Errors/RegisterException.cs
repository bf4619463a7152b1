namespace UcSdk;

/// <summary>The sign-in failed, or the registration was lost.</summary>
public sealed class RegisterException : LyncClientException
{
    internal RegisterException(SignInStage stage, Exception? inner)
        : base($"The sign-in failed at the stage {stage}{Why(inner)}", inner) => Stage = stage;

    /// <summary>Where it failed.</summary>
    public SignInStage Stage { get; }
}
