using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>The edge of the registrar: gives it every REGISTER, the ends of connections, decisions and the time, and passes on what it changes.</summary>
internal sealed class RegistrarApplication : IServerApplication, IDisposable
{
    private readonly Registrar _registrar;
    private readonly SerialLoop _loop;
    private readonly Action<BindingChange> _onChanged;
    private readonly Action<SipFlow> _onSilent;
    private readonly LoopTimer _timer;

    public RegistrarApplication(Registrar registrar, SerialLoop loop, Action<BindingChange> onChanged, Action<SipFlow> onSilent)
    {
        _registrar = registrar;
        _loop = loop;
        _onChanged = onChanged;
        _onSilent = onSilent;
        _timer = new LoopTimer(loop, Elapse);
    }

    public bool Handle(ServerRequest request)
    {
        if (request.Method != SipMethod.Register)
        {
            return false;
        }

        Register(request);
        return true;
    }

    // The client has its answer before it hears what followed from its request.
    private void Register(ServerRequest request) => Step(changes => request.Answer(_registrar.Register(request.Message, request.Flow, _loop.Now, changes)));

    public void Hear(SipFlow flow) => _registrar.Hear(flow, _loop.Now);

    public void CloseFlow(SipFlow flow) => Step(changes => _registrar.CloseFlow(flow, _loop.Now, changes));

    /// <summary>Takes bindings away and tells their endpoints.</summary>
    /// <returns>How many there were.</returns>
    public int Deregister(IEnumerable<Binding> which, RegistrationNotice notice)
    {
        var count = 0;
        Step(changes => count = _registrar.Deregister(which, notice, changes));
        return count;
    }

    public void Dispose() => _timer.Dispose();

    private void Elapse()
    {
        IReadOnlyList<SipFlow> silent = [];
        Step(changes =>
        {
            _registrar.Elapse(_loop.Now, changes);
            silent = _registrar.EndSilent(_loop.Now, changes);
        });
        foreach (var flow in silent)
        {
            _onSilent(flow);
        }
    }

    private void Step(Action<List<BindingChange>> step)
    {
        var changes = new List<BindingChange>();
        step(changes);
        _timer.SetDeadline(_registrar.NextDeadline);
        changes.ForEach(_onChanged);
    }
}
