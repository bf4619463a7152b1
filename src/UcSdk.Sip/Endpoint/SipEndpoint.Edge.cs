using UcSdk.Core;

namespace UcSdk.Sip;

/// <content>What the core asks for is done here, and what transports report goes to it.</content>
public sealed partial class SipEndpoint
{
    void ISipEdge.Run(Action command)
    {
        if (Loop.IsCurrent)
        {
            Run(command);
        }
        else
        {
            Loop.Post(static late => ((LateCommand)late!).Run(), new LateCommand(this, command));
        }
    }

    void ISipEdge.Run<TState>(Action<TState> command, TState state)
    {
        if (Loop.IsCurrent)
        {
            Run(command, state);
        }
        else
        {
            PostLate(command, state);
        }
    }

    Timestamp ISipEdge.Now => Loop.Now;

    bool ISipEdge.HasTransport(string name)
    {
        // Asked for every request over a datagram flow: without a delegate that holds the name.
        foreach (var listener in _listeners)
        {
            if (listener.Transport.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    SipFlow? ISipEdge.Route(SipRequest request) =>
        RouteRequest is { } route ? route(request) : !_options.IsProxy && _core.Flows.Count == 1 ? _core.Flows.First() : null;

    void ISipEdge.EditUnanswered(SipRequest copy) => EditUnanswered?.Invoke(copy);

    StatelessRoute? ISipEdge.ChooseStateless(SipRequest request, SipFlow flow) => RouteStateless?.Invoke(request, flow);

    internal void OnFlowOpened(ISipTransport transport, SipFlow flow)
    {
        if (_disposing is null && _core.FlowOpened(flow))
        {
            _flows.Add(flow, transport);
            Log.FlowOpened(_logger, Shown(flow));
            _options.Trace?.FlowOpened(flow, Loop.Time.GetUtcNow());
            FlowOpened?.Invoke(flow);
        }
    }

    internal void OnMessage(ISipTransport transport, SipFlow flow, ReadOnlyMemory<byte> message)
    {
        // The first message of a flow of ours may overtake the end of ConnectAsync.
        OnFlowOpened(transport, flow);
        if (_disposing is null)
        {
            Heard?.Invoke(flow);
            _flows.Trace(SipTraceDirection.Received, flow, message, null);
            try
            {
                Enter();
                var wait = Loop.BusyFor;
                _recorder.BytesReceived(flow, message.Length, wait);
                _core.Receive(flow, message, _core.Context.Now, _queueDelay.Next());
            }
            finally
            {
                Drain();
            }
        }
    }

    internal void OnKeepAlive(SipFlow flow)
    {
        if (_disposing is null)
        {
            Heard?.Invoke(flow);
        }
    }

    internal void OnFlowClosed(SipFlow flow, SipFlowEnd end, Exception? error)
    {
        if (!_flows.Remove(flow))
        {
            if (_connecting > 0)
            {
                _closedEarly.Add(flow);
            }

            return;
        }

        Log.FlowClosed(_logger, Shown(flow), end, Log.CauseOf(error), Shown(error));
        _options.Trace?.FlowClosed(flow, end, Loop.Time.GetUtcNow());
        if (_disposing is not null)
        {
            _core.FlowClosed(flow, Loop.Now);
            return;
        }

        Run(() => _core.FlowClosed(flow, Loop.Now));
        FlowClosed?.Invoke(flow, end);
    }

    // Effects are performed one after another, never inside one another: what a handler starts is queued behind what is being told.
    private void Run(Action command) => Run(static command => command(), command);

    private void PostLate<TState>(Action<TState> command, TState state) => Loop.Post(() => Run(command, state));

    private void Run<TState>(Action<TState> command, TState state)
    {
        if (_disposing is not null)
        {
            return;
        }

        // A hook of the application that throws inside the core is the loop's to report; what was decided is done all the same.
        try
        {
            Enter();
            command(state);
        }
        finally
        {
            Drain();
        }
    }

    private void Enter() => _core.Elapse(Loop.Now);

    private void Drain()
    {
        if (_draining)
        {
            return;
        }

        _draining = true;
        try
        {
            while (_core.Context.Effects.TryDequeue(out var effect))
            {
                Perform(effect);
            }
        }
        finally
        {
            _draining = false;
            if (_core.Context.Effects.Count > 0)
            {
                // A handler threw: the loop reports it, the other effects are performed all the same.
                Loop.Post(() => Run(() => { }));
            }

            _timer.SetDeadline(_core.NextDeadline);
        }
    }

    private void Perform(SipEffect effect)
    {
        switch (effect)
        {
            case SipEffect.Transmit transmit:
                _flows.Send(transmit.Flow, transmit.Message, transmit.Copy);
                _core.Context.Performed(transmit);
                break;
            case SipEffect.TransmitAgain(var flow, var copy):
                _flows.SendAgain(flow, copy);
                break;
            case SipEffect.TransmitKeepAlive(var flow):
                _flows.SendKeepAlive(flow);
                break;
            case SipEffect.Reach(var seeker, var target):
                _flows.Own(ReachAsync(seeker, target));
                break;
            case SipEffect.Locate(var seeker, var uri):
                _flows.Own(LocateAsync(seeker, uri));
                break;
            case SipEffect.RunStep(var step):
                _flows.Own(StepAsync(step));
                break;
            case SipEffect.CloseFlow(var flow):
                _flows.Close(flow);
                break;
            case SipEffect.RequestReceived received:
                PerformRequest(received.Request, received.Usage);
                _core.Context.Performed(received);
                break;
            case SipEffect.Diagnostic(var kind, var flow, var detail):
                Log.Noticed(_logger, kind, Shown(flow), Shown(detail));
                _recorder.Noticed(kind, flow);
                break;
            default:
                EffectDelivery.Deliver(effect);
                break;
        }
    }

    private async Task LocateAsync(IFlowSeeker seeker, SipUri uri)
    {
        (SipFlow? Flow, ServerSet? Servers) found = default;
        try
        {
            found = await _locations.ReachAsync(uri, _stopping.Token);
        }
        catch (Exception failure) when (failure is SipException or OperationCanceledException or ObjectDisposedException)
        {
            Log.NotLocated(_logger, Shown(uri), Log.CauseOf(failure), Shown(failure));
        }

        Run(() => seeker.Reached(found.Flow, found.Servers));
    }

    private async Task ReachAsync(IFlowSeeker seeker, SipTransportAddress target)
    {
        SipFlow? flow = null;
        try
        {
            flow = await _flows.ReachAsync(target, address => ConnectAsync(address, _stopping.Token));
        }
        catch (Exception failure) when (failure is SipException or OperationCanceledException or ObjectDisposedException)
        {
            Log.Unreached(_logger, Shown(target), Log.CauseOf(failure), Shown(failure));
        }

        Run(() => seeker.Reached(flow, null));
    }

    // Disposal waits for the step: keys are cleared when nothing runs in them any more.
    private async Task StepAsync(HandshakeStep step)
    {
        try
        {
            await step.RunAsync(_blockingWork);
        }
        finally
        {
            if (_disposing is null)
            {
                Run(step.Finish);
            }
            else
            {
                step.Finish();
            }
        }
    }

    private void PerformRequest(IncomingRequest request, InviteUsage? usage)
    {
        if (usage is not null)
        {
            if (usage.Session?.RequestReceived is not { } handler || !handler(request))
            {
                _core.Refuse(request, usage);
            }
        }
        else if (RequestReceived is { } receiver)
        {
            receiver(request);
        }
        else
        {
            _core.Refuse(request, null);
        }
    }

    private async Task DisposeCoreAsync()
    {
        LiveCores.Remove(_core);
        _core.Terminate();
        _timer.Dispose();
        _stopping.Cancel();
        await _flows.DisposeAsync();
        foreach (var flow in _core.Flows.ToArray())
        {
            _core.FlowClosed(flow, Loop.Now);
        }

        _stopping.Dispose();
    }
}
