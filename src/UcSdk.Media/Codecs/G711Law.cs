namespace UcSdk.Media;

/// <summary>The two companding laws of ITU-T G.711.</summary>
internal enum G711Law
{
    Mu,
    A,
}
