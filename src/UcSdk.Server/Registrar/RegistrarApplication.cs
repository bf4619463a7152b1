using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Gives every REGISTER to the registrar.</summary>
/// <param name="register">Runs the registrar on a request and sees to what it ends.</param>
internal sealed class RegistrarApplication(Func<SipRequest, SipFlow, ServerAnswer> register) : IServerApplication
{
    public bool Handle(ServerRequest request)
    {
        if (request.Method != SipMethod.Register)
        {
            return false;
        }

        request.Answer(register(request.Message, request.Flow));
        return true;
    }
}
