using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>The edge of the registrar: gives it every REGISTER, the ends of connections and the time, and tells what it ends.</summary>
internal sealed class RegistrarApplication : IServerApplication, IDisposable
{
    private readonly Registrar _registrar;
    private readonly SerialLoop _loop;
    private readonly Action<BindingEnded> _onEnded;
    private readonly LoopTimer _timer;

    public RegistrarApplication(Registrar registrar, SerialLoop loop, Action<BindingEnded> onEnded)
    {
        _registrar = registrar;
        _loop = loop;
        _onEnded = onEnded;
        _timer = new LoopTimer(loop, () => Step(ended => registrar.Elapse(loop.Now, ended)));
    }

    public bool Handle(ServerRequest request)
    {
        if (request.Method != SipMethod.Register)
        {
            return false;
        }

        // The client has its answer before it hears what followed from its request.
        Step(ended => request.Answer(_registrar.Register(request.Message, request.Flow, _loop.Now, ended)));
        return true;
    }

    public void CloseFlow(SipFlow flow) => Step(ended => _registrar.CloseFlow(flow, ended));

    public void Dispose() => _timer.Dispose();

    private void Step(Action<List<BindingEnded>> step)
    {
        var ended = new List<BindingEnded>();
        step(ended);
        _timer.SetDeadline(_registrar.NextDeadline);
        ended.ForEach(_onEnded);
    }
}
