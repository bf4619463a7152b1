using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>A web service of the server did not do what was asked; <see cref="Failure"/> says in what way. SIP has no part in it: <see cref="LyncClientException.StatusCode"/> is 0.</summary>
public sealed class WebServiceException : LyncClientException
{
    internal WebServiceException(WebServiceFailure failure, string what, Exception? inner = null)
        : base(what, inner)
    {
        Failure = failure;
    }

    private WebServiceException(WebServiceFailure failure, string what, MsDiagnostics? diagnostics)
        : base(diagnostics is null ? what : $"{what} ({diagnostics})", null)
    {
        Failure = failure;
        Diagnostics = diagnostics;
    }

    /// <summary>In what way it failed.</summary>
    public WebServiceFailure Failure { get; }

    /// <summary>The HTTP status of the last answer; 0 when there was none.</summary>
    public int HttpStatus { get; internal init; }

    /// <summary>The code of the SOAP fault (SOAP 1.1 §4.4); null when there was none.</summary>
    public string? FaultCode { get; internal init; }

    internal static WebServiceException Of(WebServiceFailure failure, string what, WebAnswer answer, SoapFault? fault = null) =>
        new(failure, $"{what}: {(fault is null ? $"HTTP {answer.Status}" : $"{fault.Code}: {fault.Text}")}", Diagnose(answer, fault))
        {
            HttpStatus = answer.Status,
            FaultCode = fault?.Code,
        };

    private static MsDiagnostics? Diagnose(WebAnswer answer, SoapFault? fault) =>
        fault is not null && WebServiceDiagnostics.Of(fault) is { } inBody ? new((int)Math.Min(inBody.ErrorId, int.MaxValue), OneLine(inBody.Reason))
        : MsDiagnostics.TryParse(answer.Diagnostics, out var inHeader) ? inHeader : null;

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
