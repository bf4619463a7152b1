namespace UcSdk.Server;

/// <summary>The registrar's only effect beside its answers: an endpoint is gone, and with it everything that hangs on it.</summary>
internal sealed record BindingEnded(Binding Binding, BindingEnd Reason);
