using System.Buffers;
using System.Buffers.Text;
using System.Text;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// What two ends agree on once a handshake is done ([MS-SIPAE] §§3.2.1, 3.3.1): keys, a name for them (<c>opaque</c>), and a number for every message in each
/// direction. It signs what goes out and verifies what comes in; it knows nothing of handshakes, flows or time.
/// </summary>
internal sealed class SecurityAssociation : IDisposable
{
    /// <summary>How far below the highest number of the peer one may still come, once; older ones are refused as replayed.</summary>
    public const int ReplayWindow = CountWindow.Size;

    /// <summary>The last number that is given and taken. Nothing is signed after it, and the peer's refusal leads to a new association.</summary>
    public const uint MaxCount = int.MaxValue;

    /// <summary>The longest signature that is looked at: a Kerberos MIC has 28 bytes, one of TLS-DSK with SHA-512 would have 64.</summary>
    public const int MaxSignatureBytes = 128;

    private const int SaltBytes = 4;
    private const int MaxNumberDigits = 10;

    private readonly AssociationRole _role;
    private readonly ISecurityContext _context;
    private readonly RandomSource _random;
    private readonly PooledWriter _text = new();
    private readonly PooledWriter _code = new();
    private readonly CountWindow _window = new();
    private byte[] _opaque = [];
    private uint _count;

    /// <summary>An association whose handshake is done.</summary>
    /// <param name="role">Which end this is.</param>
    /// <param name="terms">What the challenge said.</param>
    /// <param name="context">The keys; disposed with the association.</param>
    /// <param name="random">Where salt comes from.</param>
    /// <param name="opaque">The server's name for it; null where it will name it with its first message, as in Kerberos.</param>
    /// <param name="count">How many messages were signed before.</param>
    public SecurityAssociation(
        AssociationRole role, AssociationTerms terms, ISecurityContext context, RandomSource random, string? opaque = null, uint count = 0)
    {
        _role = role;
        _context = context;
        _random = random;
        _count = count;
        Terms = terms;
        Opaque = opaque;
    }

    public AssociationTerms Terms { get; }

    /// <summary>The server's name for it; null while that is not known.</summary>
    public string? Opaque
    {
        get => _opaque.Length == 0 ? null : Encoding.UTF8.GetString(_opaque);
        private set => _opaque = value is null ? [] : Encoding.UTF8.GetBytes(SipGrammar.Quote(value)[1..^1]);
    }

    private HeaderName OwnHeader => _role == AssociationRole.Client ? Terms.Kind.AnswerHeader : Terms.Kind.InfoHeader;

    private HeaderName PeerHeader => _role == AssociationRole.Client ? Terms.Kind.InfoHeader : Terms.Kind.AnswerHeader;

    private AssociationRole PeerRole => _role == AssociationRole.Client ? AssociationRole.Server : AssociationRole.Client;

    /// <summary>Signs the message in a field of its own, in place of one of the same realm.</summary>
    public void Protect(SipMessage message)
    {
        AuthHeaders.Remove(message.Headers, OwnHeader, Terms.Realm);
        if (_count >= MaxCount)
        {
            return;
        }

        Span<byte> salt = stackalloc byte[2 * SaltBytes];
        Span<byte> number = stackalloc byte[MaxNumberDigits];
        Sign(message, salt, ref number);
        _text.Clear();
        _text.Write(Terms.SchemeBytes);
        _text.Write(" qop=\"auth\""u8);
        if (_opaque.Length > 0)
        {
            WriteQuoted(", opaque=\""u8, _opaque);
        }

        if (_role == AssociationRole.Client)
        {
            WriteQuoted(", realm=\""u8, Terms.RealmBytes);
            WriteQuoted(", targetname=\""u8, Terms.TargetBytes);
            WriteQuoted(", crand=\""u8, salt);
            WriteQuoted(", cnum=\""u8, number);
            WriteQuoted(", response=\""u8, _code.Written);
        }
        else
        {
            WriteQuoted(", srand=\""u8, salt);
            WriteQuoted(", snum=\""u8, number);
            WriteQuoted(", rspauth=\""u8, _code.Written);
            WriteQuoted(", targetname=\""u8, Terms.TargetBytes);
            WriteQuoted(", realm=\""u8, Terms.RealmBytes);
            if (Terms.Version > AssociationTerms.FirstVersion)
            {
                _text.Write(", version="u8);
                _text.Write((byte)('0' + Terms.Version));
            }
        }

        message.Headers.Add(OwnHeader, Encoding.UTF8.GetString(_text.Written));
        Release();
    }

    /// <summary>Signs a request that carries the last token of the handshake, in the same field ([MS-SIPAE] §3.2.4, version 4): crand, cnum and response.</summary>
    public AuthField Complete(AuthField field, SipRequest request)
    {
        Span<byte> salt = stackalloc byte[2 * SaltBytes];
        Span<byte> number = stackalloc byte[MaxNumberDigits];
        Sign(request, salt, ref number);
        var complete = field
            .WithQuoted("crand", Encoding.ASCII.GetString(salt))
            .WithQuoted("cnum", Encoding.ASCII.GetString(number))
            .WithQuoted("response", Encoding.ASCII.GetString(_code.Written));
        Release();
        return complete;
    }

    /// <summary>What the peer's signature is worth. A number is taken only when the signature is right, so that nobody else can use numbers up.</summary>
    public AssociationOutcome Check(SipMessage message)
    {
        var outcome = AssociationOutcome.Missing;
        for (var occurrence = 0; message.Headers.TryGetValue(PeerHeader, occurrence, out var value); occurrence++)
        {
            if (!SignatureField.TryRead(value.Span, PeerRole, out var field))
            {
                outcome = AssociationOutcome.Malformed;
            }
            else if (IsOurs(field))
            {
                return Check(message, field);
            }
        }

        return outcome;
    }

    /// <summary>Clears the keys.</summary>
    public void Dispose() => _context.Dispose();

    // [MS-SIPAE] §3.2.5.2: an association is known by scheme, realm and target; the server knows it by opaque too.
    private bool IsOurs(in SignatureField field) =>
        Scan.EqualsIgnoreCase(field.Scheme, Terms.SchemeBytes) && field.Realm.SequenceEqual(Terms.RealmBytes);

    private AssociationOutcome Check(SipMessage message, in SignatureField field)
    {
        if (!Scan.EqualsIgnoreCase(field.Target, Terms.TargetBytes)
            || (_opaque.Length > 0 && !field.Opaque.IsEmpty && !field.Opaque.SequenceEqual(_opaque)))
        {
            return AssociationOutcome.Foreign;
        }

        if (field.Code.IsEmpty)
        {
            return AssociationOutcome.Missing;
        }

        Span<byte> code = stackalloc byte[MaxSignatureBytes];
        if ((!field.Protection.IsEmpty && !Scan.EqualsIgnoreCase(field.Protection, "auth"u8))
            || field.Salt.IsEmpty
            || !Scan.TryReadNumber(field.Number, out var number) || number == 0
            || Convert.FromHexString(field.Code, code, out var read, out var length) != OperationStatus.Done || read != field.Code.Length)
        {
            return AssociationOutcome.Malformed;
        }

        SignatureText.Write(_text, field, message, Terms.Version);
        var isRight = _context.Verify(_text.Written, code[..length]);
        Release();
        if (!isRight)
        {
            return AssociationOutcome.Wrong;
        }

        if (!_window.TryTake((uint)number))
        {
            return AssociationOutcome.Replayed;
        }

        if (_opaque.Length == 0)
        {
            _opaque = field.Opaque.ToArray();
        }

        return AssociationOutcome.Accepted;
    }

    private void Sign(SipMessage message, Span<byte> salt, ref Span<byte> number)
    {
        Span<byte> random = stackalloc byte[SaltBytes];
        _random.Fill(random);
        Convert.TryToHexStringLower(random, salt, out _);
        Utf8Formatter.TryFormat(++_count, number, out var digits);
        number = number[..digits];
        SignatureField field = default;
        field.Scheme = Terms.SchemeBytes;
        field.Salt = salt;
        field.Number = number;
        field.Realm = Terms.RealmBytes;
        field.Target = Terms.TargetBytes;
        SignatureText.Write(_text, field, message, Terms.Version);
        _context.Sign(_text.Written, _code);
        var length = _code.Length;
        Convert.TryToHexStringLower(_code.Written, _code.GetSpan(2 * length), out _);
        _code.Advance(2 * length);
        _code.Remove(..length);
    }

    private void WriteQuoted(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        _text.Write(name);
        _text.Write(value);
        _text.Write((byte)'"');
    }

    // Ten thousand associations do not keep ten thousand buffers.
    private void Release()
    {
        _text.Release();
        _code.Release();
    }
}
