namespace UcSdk.Sip;

/// <summary>A scheme with signatures that a server offers ([MS-SIPAE] §3.3.5.1).</summary>
/// <param name="Scheme">As challenges name it, e.g. <c>NTLM</c>.</param>
/// <param name="TargetName">Who authenticates, as the scheme names servers: <c>fe.contoso.test</c>, with Kerberos <c>sip/fe.contoso.test</c>.</param>
/// <param name="CreateContext">Makes the server's side of one handshake.</param>
internal sealed record AssociationOffer(string Scheme, string TargetName, Func<ISecurityContext> CreateContext);
