namespace UcSdk.Sip;

/// <summary>A request that the application sent and whose final response it awaits, outside a dialog or inside one.</summary>
internal sealed class PendingRequest : IRequestUser, ITimerOwner
{
    private readonly SipCore _core;
    private readonly InviteUsage? _usage;
    private OutgoingRequest? _collided;
    private SipResponse? _collision;

    public PendingRequest(SipCore core, SipRequest request, InviteUsage? usage = null)
    {
        _core = core;
        _usage = usage;
        Request = request;
        core.Add(this);
    }

    public SipRequest Request { get; private set; }

    /// <summary>What the application awaits.</summary>
    public TaskCompletionSource<SipResponse> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public uint NextCSeq(OutgoingRequest request) => _usage?.NextCSeq(request) ?? request.Request.CSeq!.Number + 1;

    public bool MaySendAgain(OutgoingRequest request) => _usage?.MaySendAgain(request) ?? true;

    public void SentAgain(OutgoingRequest request) => Request = request.Request;

    public void ResponseReceived(OutgoingRequest request, SipResponse response)
    {
        if (response.IsProvisional)
        {
            return;
        }

        if (response.StatusCode == StatusCode.RequestPending && _usage is { IsTerminated: false } usage)
        {
            _collided = request;
            _collision = response;
            usage.RequestAnswered(request, response);
            _core.Context.Arm(this, SipTimer.Glare, usage.GlareDelay());
            return;
        }

        _core.Remove(this);
        _usage?.RequestAnswered(request, response);
        _core.Context.Emit(new SipEffect.RequestAnswered(this, response));
    }

    public void Failed(OutgoingRequest request, SipFailure failure)
    {
        _core.Remove(this);
        _core.Context.Emit(new SipEffect.RequestFailed(this, failure));
        if (failure == SipFailure.TimedOut)
        {
            _usage?.RequestFailed(Request);
        }
    }

    public void Elapsed(SipTimer timer)
    {
        if (_usage!.Permits(InviteTrigger.LocalBye))
        {
            _usage.SendAgain(_collided!);
        }
        else
        {
            // The session has ended meanwhile: the collision was its last word.
            _core.Remove(this);
            _core.Context.Emit(new SipEffect.RequestAnswered(this, _collision!));
        }
    }
}
