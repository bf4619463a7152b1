namespace UcSdk.Server;

/// <summary>The registrar's only effect beside its answers: a binding was made, changed or ended, and when it ended everything that hangs on it ends too.</summary>
/// <param name="Binding">The binding, as it is now or was at last.</param>
/// <param name="Reason">What happened.</param>
/// <param name="Notice">What its endpoint is told; null for nothing.</param>
internal sealed record BindingChange(Binding Binding, EndpointChangeReason Reason, RegistrationNotice? Notice = null)
{
    public bool IsEnd => Reason >= EndpointChangeReason.Unregistered;
}
