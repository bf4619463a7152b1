namespace UcSdk.Sip;

/// <summary>A request that the application sent and whose final response it awaits, outside a dialog or inside one.</summary>
internal sealed class PendingRequest : IClientTransactionUser
{
    private readonly SipCore _core;
    private readonly InviteUsage? _usage;

    public PendingRequest(SipCore core, SipRequest request, InviteUsage? usage = null)
    {
        _core = core;
        _usage = usage;
        Request = request;
        core.Add(this);
    }

    public SipRequest Request { get; }

    /// <summary>What the application awaits.</summary>
    public TaskCompletionSource<SipResponse> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ResponseReceived(ClientTransaction transaction, SipResponse response)
    {
        if (response.IsProvisional)
        {
            return;
        }

        _core.Remove(this);
        _usage?.RequestAnswered(Request, response);
        _core.Context.Emit(new SipEffect.RequestAnswered(this, response));
    }

    public void Failed(ClientTransaction transaction, SipFailure failure)
    {
        _core.Remove(this);
        _core.Context.Emit(new SipEffect.RequestFailed(this, failure));
        if (failure == SipFailure.TimedOut)
        {
            _usage?.RequestFailed(Request);
        }
    }
}
