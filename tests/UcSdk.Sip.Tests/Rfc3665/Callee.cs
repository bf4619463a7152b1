namespace UcSdk.Sip.Tests;

/// <summary>Bob's end of the call that is on its way to him.</summary>
internal sealed class Callee
{
    private InviteSession? _session;

    public InviteSession Session
    {
        get => _session ?? throw new InvalidOperationException("Nobody has called Bob.");
        set => _session = value;
    }
}
