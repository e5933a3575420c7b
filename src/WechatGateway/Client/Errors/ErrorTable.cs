using System.Collections.Frozen;
using static Courier.Wechat.Client.Errors.ErrorReaction;

namespace Courier.Wechat.Client.Errors;

/// <summary>The one table of WeChat's error codes and what to do about them (全局返回码 and the pages of the single calls).</summary>
public static class ErrorTable
{
    private static readonly FrozenDictionary<int, ErrorReaction> Reactions = new Dictionary<int, ErrorReaction>
    {
        [-1] = BackOff,                     // system busy

        [40001] = RefreshTokenOnce,         // token not the latest
        [40014] = RefreshTokenOnce,         // token illegal
        [42001] = RefreshTokenOnce,         // token expired
        [42007] = RefreshTokenOnce,         // the customer's password changed: the token is void

        [40013] = StopAndAlert,             // AppID wrong
        [40125] = StopAndAlert,             // secret wrong
        [41002] = StopAndAlert,             // AppID missing
        [41004] = StopAndAlert,             // secret missing
        [40164] = StopAndAlert,             // our address is not on the white list
        [61004] = StopAndAlert,             // the same, for platforms
        [40243] = StopAndAlert,             // secret frozen
        [50002] = StopAndAlert,             // account limited
        [50007] = StopAndAlert,             // account frozen
        [89503] = StopAndAlert,             // calls from this address wait for the administrator
        [89506] = StopAndAlert,             // the administrator refused this address twice
        [89507] = StopAndAlert,             // the administrator refused this address
        [40037] = StopAndAlert,             // template id wrong or deleted
        [40097] = StopAndAlert,             // argument wrong in the configuration
        [40165] = StopAndAlert,             // page of the mini-program wrong
        [40166] = StopAndAlert,             // AppID of the mini-program not linked
        [40169] = StopAndAlert,             // scene wrong
        [41030] = StopAndAlert,             // page not released
        [85079] = StopAndAlert,             // mini-program not released
        [48001] = StopAndAlert,             // no right to this call
        [48004] = StopAndAlert,             // call banned
        [48006] = StopAndAlert,             // clear_quota used up
        [65400] = StopAndAlert,             // customer service not switched on

        [45009] = BreakCall,                // quota of the minute or the day
        [45011] = BackOff,                  // too frequent
        [44990] = BackOff,                  // links made too fast

        [45015] = FallBack,                 // service window closed
        [45047] = FallBack,                 // messages of the window used up
        [43101] = FallBack,                 // no consent left, or refused
        [65413] = FallBack,                 // no session with an agent
        [65414] = FallBack,                 // another agent has the customer
        [65415] = FallBack,                 // the agent is offline

        [43117] = Drop,                     // same template to the same person too often
        [40003] = Drop,                     // openid wrong
        [49003] = Drop,                     // openid of another account
        [48002] = Drop,                     // the customer refuses messages
        [61010] = Drop,                     // msg_sec_check: person inactive for two hours

        [43004] = DropAndMarkUnreachable,   // not a follower
        [43019] = DropAndMarkUnreachable,   // on the account's black list
        [46004] = DropAndMarkUnreachable,   // no such person
        [50005] = DropAndMarkUnreachable,   // not a follower any more

        [40007] = NewMediaOnce,             // media id wrong or older than three days

        [40029] = LoginAgain,               // code wrong
        [40163] = LoginAgain,               // code used
        [40030] = LoginAgain,               // refresh_token wrong
        [42002] = LoginAgain,               // refresh_token expired
        [42003] = LoginAgain,               // code expired
        [87009] = LoginAgain,               // session signature wrong

        [40226] = Refuse,                   // risky person
        [87014] = Refuse,                   // risky content

        [45072] = Ignore,                   // typing: bad command
        [45080] = Ignore,                   // typing: no interaction in 30 s
        [45081] = Ignore,                   // typing: already typing

        [41001] = NeverRetry,               // no token sent
        [40002] = NeverRetry,               // grant_type wrong
        [40054] = NeverRetry,               // address of a menu entry wrong
        [40055] = NeverRetry,               // the same
        [44002] = NeverRetry,               // empty body
        [44004] = NeverRetry,               // empty content
        [45002] = NeverRetry,               // content too long
        [45008] = NeverRetry,               // too many articles
        [45162] = NeverRetry,               // wrong kind of news
        [46003] = NeverRetry,               // no menu
        [47001] = NeverRetry,               // JSON not understood
        [47003] = NeverRetry,               // argument wrong; the message names it
        [40212] = NeverRetry,               // query of a link wrong
        [85400] = NeverRetry,               // lifetime of a link wrong
        [85401] = NeverRetry,               // lifetime of a link too long
        [76021] = NeverRetry,               // look-up of a path
        [76022] = NeverRetry,               // the same
    }.ToFrozenDictionary();

    // Families of codes that share a reaction; looked at when the table above has no entry.
    private static readonly (int First, int Last, ErrorReaction Reaction)[] Ranges =
    [
        (40016, 40027, NeverRetry),         // menu
        (65301, 65317, NeverRetry),         // personalised menu
        (45056, 45059, NeverRetry),         // tags
        (45157, 45159, NeverRetry),         // tags
        (61451, 61457, NeverRetry),         // agents
        (65401, 65417, NeverRetry),         // agents
        (76001, 76004, NeverRetry),         // look-up of a rid
        (200011, 200021, NeverRetry),       // subscription templates
        (89501, 89510, StopAndAlert),       // calls from this address wait for the administrator
        (9300501, 9300560, NeverRetry),     // logistics
    ];

    /// <summary>What to do about a code; <see cref="Unknown"/> when nobody has described it.</summary>
    /// <param name="code">errcode, not 0.</param>
    public static ErrorReaction Of(int code)
    {
        if (Reactions.TryGetValue(code, out var reaction)) return reaction;
        foreach (var range in Ranges)
            if (code >= range.First && code <= range.Last) return range.Reaction;
        return Unknown;
    }
}
